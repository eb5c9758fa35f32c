"""The demo organisation's workshop, prepared and not begun: to be tried at once."""

from data.model import Wave
from data.store import Store
from data.workshops import Workshop, WorkshopPlan
from survey.results import load_results
from survey.wording import DEFAULT_LANGUAGE, wording
from survey.workshop.agenda import proposed, steps_after
from survey.workshop.joining import free_code


def prepare_demo(store: Store, wave: Wave) -> Workshop:
    """A workshop on what is proposed from a released wave."""
    results = load_results(store, wave)
    title = wording(DEFAULT_LANGUAGE)("workshop.title_of", wave=wave.title)
    steps = steps_after(results, proposed(results))
    smallest = wave.settings.smallest_group
    plan = WorkshopPlan(title, steps, wave.settings.instrument, smallest)
    return store.workshops.add(wave.organisation, wave, plan, free_code(store))
