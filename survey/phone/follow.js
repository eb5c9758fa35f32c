// Asks whether the room has moved on, and goes along; what is typed or chosen stays until it is sent.
(() => {
  "use strict";
  const room = document.getElementById("room");
  const form = document.getElementById("answer");
  const moved = document.getElementById("moved");
  const lost = document.getElementById("lost");
  const SHOWN = 2000, HIDDEN = 20000, PATIENCE = 8000;
  let timer = 0, failures = 0, asking = false, sending = false, over = false;

  const filled = () =>
    form ? JSON.stringify([...new FormData(form)].map(([name, text]) => [name, String(text)])) : "";
  const before = filled();
  const unsent = () => "unsent" in room.dataset || filled() !== before;

  const later = () => {
    clearTimeout(timer);
    if (over) return;
    const pause = document.hidden ? HIDDEN : SHOWN * Math.min(failures + 1, 5);
    timer = setTimeout(ask, pause * (0.75 + Math.random() / 2));
  };

  const answered = (mark) => {
    failures = 0;
    lost.hidden = true;
    const same = mark === room.dataset.mark;
    if (!same && !unsent() && !sending) {
      location.replace(room.dataset.here);
      return;
    }
    moved.hidden = same;
  };

  const ask = async () => {
    if (asking || sending || over) return;
    asking = true;
    const patience = new AbortController();
    const stop = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const answer = await fetch(room.dataset.now, { cache: "no-store", signal: patience.signal });
      if (answer.status === 404) {
        over = true;  // the workshop is gone: asking on would look like guessing
        moved.hidden = false;
      } else if (answer.ok) answered(await answer.text());
      else throw new Error(answer.status);
    } catch {
      failures += 1;
      lost.hidden = failures < 2;
    } finally {
      clearTimeout(stop);
      asking = false;
      later();
    }
  };

  const sent = () => {
    sending = true;
    setTimeout(() => { sending = false; later(); }, PATIENCE);  // still here: it went wrong
  };

  if (form) form.addEventListener("submit", sent);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("online", ask);
  addEventListener("pageshow", (event) => { if (event.persisted) { sending = false; ask(); } });
  later();
})();
