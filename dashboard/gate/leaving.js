/* Leads to the sign-in once the sign-in of this page has ended. Without it Streamlit would say
   "Connection error", in English, and leave what was on the screen there. */
const ASKED_EVERY = 20000;

function leave() {
  const back = encodeURIComponent(window.location.pathname);
  window.location.replace(`/signin?next=${back}`);
}

async function ask() {
  try {
    const answer = await fetch("/signed-in", { cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401) leave();
  } catch {
    /* The server cannot be reached: that says nothing about the sign-in. */
  }
}

function refused(entry) {
  return entry.responseStatus === 401 && new URL(entry.name).pathname.startsWith("/_stcore/");
}

export default function () {
  const timer = window.setInterval(ask, ASKED_EVERY);
  const seen = () => {
    if (!document.hidden) ask();
  };
  document.addEventListener("visibilitychange", seen);
  const watching = new PerformanceObserver((list) => {
    if (list.getEntries().some(refused)) leave();
  });
  watching.observe({ type: "resource" });
  return () => {
    window.clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
    watching.disconnect();
  };
}
