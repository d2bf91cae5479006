// Node-RED for a measurement: no editor, no pages, the quantities and their ranges from outside.
const quantities = JSON.parse(process.env.BENCH_QUANTITIES);
module.exports = {
  flowFile: "flow.json",
  uiHost: "127.0.0.1",
  uiPort: Number(process.env.BENCH_UI_PORT),
  httpAdminRoot: false,
  httpNodeRoot: false,
  credentialSecret: false,
  logging: { console: { level: "warn", metrics: false, audit: false } },
  functionGlobalContext: {
    names: quantities.map((one) => one[0]),
    low: quantities.map((one) => one[1]),
    high: quantities.map((one) => one[2]),
  },
};
