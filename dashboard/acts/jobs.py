"""Ordering a search for a plan, and ending it with what it has found."""

from __future__ import annotations

from dashboard.acts.acting import acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.connection import writing
from db.plan_jobs import Wanted, end_job, order_job, stop_job
from domain.plan_job import PlanJob
from domain.words import words


def start(site: Site, actor: Actor, wanted: Wanted) -> PlanJob:
    """Stores the order and starts its process.

    Raises NotAllowed; DatabaseRefusal if a search for one of these weeks is under way; OSError
    if this computer can start no process: the order is then closed as failed.
    """
    who = actor.shown or actor.name
    with acting(site, actor, Right.PLAN, "plan.order", wanted.first_day.isoformat()) as deed:
        job = order_job(deed.session, site.center, wanted, who, deed.now)
        deed.after = {
            "search": job.job,
            "weeks": job.weeks,
            "seconds": job.seconds,
            "from scratch": job.scratch,
        }
    try:
        site.start_job(job.job)
    except OSError:
        said = words("This computer could not start another program.")
        with writing(site.here.database) as session:
            end_job(session, site.center, job.job, None, said, site.clock())
        raise
    return job


def stop(site: Site, actor: Actor, job: int) -> PlanJob:
    """Asks a search to end and to keep its best plan so far."""
    with acting(site, actor, Right.PLAN, "plan.stop", str(job)) as deed:
        found = stop_job(deed.session, site.center, job, deed.now)
        deed.after = {"search": job}
    return found
