/** Going on from a moment of the run on the page, as a run of its own. */

import { untilReached } from "../api/again.js";
import { messageOf, newKey, post } from "../api/client.js";
import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { follow, rememberBegun, run, starting } from "./currentRun.js";
import { name, replace } from "./document.js";

/** Makes another run that goes on from a kept step of the run on the page, and shows it. It waits for its first step.
 * @param {number} step */
export async function fork(step) {
  const before = run.peek();
  if (!before || starting.peek()) return;
  starting.value = true;
  try {
    const idempotencyKey = newKey();
    const made = await untilReached(() =>
      post(`/api/runs/${before.id}/fork`, { step, start: "paused", name: name.peek() }, { idempotencyKey }),
    );
    replace(made.experiment);
    follow(made.id, made.experiment);
    rememberBegun(made.id);
    note(
      t("page", "This is a new run from step {step} on. Change what you like, then go on.", {
        step: made.parent.step,
      }),
    );
  } catch (problem) {
    note(messageOf(problem));
  } finally {
    starting.value = false;
  }
}
