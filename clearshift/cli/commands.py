"""The list of commands. A new one is a file beside this one and a line here."""

from __future__ import annotations

from clearshift.cli.entry import Entry
from domain.words import words

COMMANDS: tuple[Entry, ...] = (
    Entry(
        "demo",
        words("All of it on a sample center: plan, sheets, and its machines live."),
        "clearshift.cli.demo:demo",
    ),
    Entry(
        "sample",
        words("Write an invented center as files, to try things on."),
        "clearshift.cli.sample:sample",
    ),
    Entry(
        "import",
        words("Read a center from a folder or an Excel workbook into the database."),
        "clearshift.cli.import_center:import_center",
    ),
    Entry(
        "export",
        words("Write a center from the database as a folder or an Excel workbook."),
        "clearshift.cli.export_center:export_center",
    ),
    Entry(
        "capacity",
        words("Say what is wanted, what is possible and what is missing, before any plan."),
        "clearshift.cli.capacity:capacity",
    ),
    Entry(
        "plan",
        words("Plan a week: the best plan there is, checked, stored and on paper."),
        "clearshift.cli.plan:plan",
    ),
    Entry(
        "remedies",
        words("Say what would close a shortage: each remedy solved anew, cheapest first."),
        "clearshift.cli.remedies:remedies",
    ),
    Entry(
        "what-if",
        words("Compare up to five scenarios side by side, and say when growth breaks them."),
        "clearshift.cli.what_if:what_if",
    ),
    Entry(
        "check",
        words("Hold a plan in a file against every rule."),
        "clearshift.cli.check:check",
    ),
    Entry(
        "show",
        words("Show a stored plan: the week, a zone, a patient, or the versions."),
        "clearshift.cli.show:show",
    ),
    Entry(
        "sheets",
        words("Write the sheets, slips and calendars of a stored plan."),
        "clearshift.cli.sheets:sheets",
    ),
    Entry(
        "flow",
        words("Say who is connected when, so that no nurse has two patients at once."),
        "clearshift.cli.flow:flow",
    ),
    Entry(
        "import-plan",
        words("Take an edited weekly workbook back, as a new version of the plan."),
        "clearshift.cli.import_plan:import_plan",
    ),
    Entry(
        "why-not",
        words("Say why a patient does not have a seat, and the cheapest way to it."),
        "clearshift.cli.why_not:why_not",
    ),
    Entry(
        "repair",
        words("Mend the plan after something has happened, with the fewest moves, proven."),
        "clearshift.cli.repair:repair",
    ),
    Entry(
        "publish",
        words("Put a stored version of the plan in force."),
        "clearshift.cli.publish:publish",
    ),
    Entry("roster", words("Nurses' duties: made, shown, checked, edited in Excel, repaired.")),
    Entry(
        "roster make",
        words("Make the best roster for some weeks, with every gap named."),
        "clearshift.cli.roster:make",
    ),
    Entry(
        "roster together",
        words("Plan a week and its roster together: no plan that the roster cannot staff."),
        "clearshift.cli.roster_together:together_command",
    ),
    Entry("roster show", words("Show a stored roster."), "clearshift.cli.roster:show"),
    Entry(
        "roster check",
        words("Hold a stored roster against every rule and the plans of today."),
        "clearshift.cli.roster:check",
    ),
    Entry(
        "roster export",
        words("Write a stored roster as the ward's own Excel sheet."),
        "clearshift.cli.roster_files:export",
    ),
    Entry(
        "roster import",
        words("Take an edited roster back, as a new version."),
        "clearshift.cli.roster_files:import_roster",
    ),
    Entry(
        "roster repair",
        words("A nurse is ill: fill the duties with the fewest changes."),
        "clearshift.cli.roster_repair:repair",
    ),
    Entry(
        "roster bench",
        words("Solve a public nurse-rostering instance, and prove how good the roster is."),
        "clearshift.cli.roster_bench:bench",
    ),
    Entry(
        "bad-day",
        words("Plan the rest of a week with far too few machines, and say who comes first."),
        "clearshift.cli.bad_day:bad_day",
    ),
    Entry(
        "make-up",
        words("Offer legal places for a session that was missed."),
        "clearshift.cli.make_up:make_up",
    ),
    Entry(
        "swap",
        words("Say whether two patients may swap their sessions."),
        "clearshift.cli.make_up:swap",
    ),
    Entry(
        "gateway",
        words("Read machines at their lines and hand on what they say. Sends no settings."),
        "clearshift.cli.gateway:gateway",
    ),
    Entry(
        "doctor",
        words("Say what arrives at the end of a cable: bytes, frames, values, and a verdict."),
        "clearshift.cli.doctor:doctor",
    ),
    Entry(
        "broker",
        words("Run the embedded broker, for a small center without mosquitto."),
        "clearshift.cli.broker:broker",
    ),
    Entry(
        "ingest",
        words("Store what machines say, as gateways publish it."),
        "clearshift.cli.ingest:ingest",
    ),
    Entry(
        "accounts",
        words("Say what became of everything that machines said: the books of each."),
        "clearshift.cli.accounts:accounts",
    ),
    Entry(
        "serve",
        words("Serve the screens, patients' pages and the live stream."),
        "clearshift.cli.serve:serve",
    ),
    Entry(
        "simulate",
        words("Run simulated machines on real lines, to try the device layer on."),
        "clearshift.cli.simulate:simulate",
    ),
    Entry(
        "follow",
        words("Keep alarms and care up to date with what machines say."),
        "clearshift.cli.follow:follow",
    ),
    Entry(
        "monitor",
        words("Show every machine live in the terminal, worst first. Information only."),
        "clearshift.cli.monitor:monitor",
    ),
    Entry("alarm", words("Open alarms: who has seen them, and what was done. Information only.")),
    Entry("alarm list", words("List open alarms, worst first."), "clearshift.cli.alarm:listed"),
    Entry(
        "alarm show",
        words("Show everything that happened to an alarm."),
        "clearshift.cli.alarm:show",
    ),
    Entry("alarm take", words("See to an alarm yourself."), "clearshift.cli.alarm:take"),
    Entry("alarm note", words("Add a remark to an alarm."), "clearshift.cli.alarm:note"),
    Entry(
        "alarm hand-over",
        words("Give an alarm into somebody else's hand."),
        "clearshift.cli.alarm:hand_over",
    ),
    Entry(
        "alarm close",
        words("Close an alarm that is over, or of which nobody will hear again."),
        "clearshift.cli.alarm:close",
    ),
    Entry("due", words("Maintenance, disinfection and water tests: what is due, what was done.")),
    Entry("due list", words("Say what is due, most pressing first."), "clearshift.cli.due:listed"),
    Entry(
        "due ready",
        words("Say which machines may have their next patient."),
        "clearshift.cli.due:ready",
    ),
    Entry(
        "due work",
        words("Enter that a maintenance was done."),
        "clearshift.cli.due_entries:work",
    ),
    Entry(
        "due result",
        words("Enter the result of a test of water or dialysate."),
        "clearshift.cli.due_entries:result",
    ),
    Entry(
        "due disinfected",
        words("Enter that a machine was disinfected."),
        "clearshift.cli.due_machine:disinfected",
    ),
    Entry(
        "due machine",
        words("Block or release a machine, enter a residue test or its meters."),
        "clearshift.cli.due_machine:machine",
    ),
    Entry(
        "due plan",
        words("Set what is to be maintained how often."),
        "clearshift.cli.due_entries:plan",
    ),
    Entry(
        "due point",
        words("Set where water is drawn for tests."),
        "clearshift.cli.due_entries:point",
    ),
    Entry(
        "due limits",
        words("Say which limits are in force, since when, and on whose word."),
        "clearshift.cli.due_limits:limits",
    ),
    Entry(
        "due limit",
        words("Set a limit of the center's own, from a day on."),
        "clearshift.cli.due_limits:limit",
    ),
    Entry("account", words("Accounts of the staff, kept where nobody can sign in any more.")),
    Entry(
        "account list",
        words("Say who can sign in, and as what."),
        "clearshift.cli.account:listed",
    ),
    Entry(
        "account add",
        words("Make an account; prints its one-time password."),
        "clearshift.cli.account:add",
    ),
    Entry(
        "account reset",
        words("Give an account a one-time password."),
        "clearshift.cli.account:reset",
    ),
    Entry(
        "account disable",
        words("Close an account; whoever is signed in with it is out at once."),
        "clearshift.cli.account:close",
    ),
    Entry(
        "account enable",
        words("Open a closed account again."),
        "clearshift.cli.account:reopen",
    ),
    Entry("db", words("The database: set it up and look after it.")),
    Entry(
        "db upgrade",
        words("Create the database, or bring its tables up to this version."),
        "clearshift.cli.db:upgrade",
    ),
    Entry("db status", words("Say whether the database is ready."), "clearshift.cli.db:status"),
)
