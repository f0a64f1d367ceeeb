/** This close to the top, what was said earlier is read. */
const nearTopPx = 300;
const settlingFrames = 10;

/**
 * Reads earlier messages when the reader comes to the top of the log, and keeps what they read where it stood.
 *
 * @param {HTMLElement} root of the log
 * @param {{ hasEarlier: () => boolean, readEarlier: () => Promise<void> }} deps `readEarlier` resolves when they are drawn
 */
export function followToTop(root, { hasEarlier, readEarlier }) {
  let lastTop = 0;
  let isUnderWay = false;

  const read = async () => {
    const scroller = root.querySelector('.scroller');
    const kept = scroller && firstInSight(scroller);
    if (!kept || isUnderWay || !hasEarlier()) return;
    isUnderWay = true;
    // How far it stands from the top of all messages: what that grows by is what came above it.
    const depth = () => kept.getBoundingClientRect().top + scroller.scrollTop;
    let before = depth();
    await readEarlier();
    // Messages take their height a frame or two after they are drawn.
    for (let frame = 0; frame < settlingFrames && kept.isConnected; frame++) {
      const grown = depth() - before;
      before += grown;
      if (grown !== 0) scroller.scrollTop += grown;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    lastTop = scroller.scrollTop;
    isUnderWay = false;
  };

  // The event does not bubble, but it can be caught on its way down.
  root.addEventListener(
    'scroll',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || !target.matches('.scroller')) return;
      const isRising = target.scrollTop < lastTop;
      lastTop = target.scrollTop;
      if (isRising && lastTop < nearTopPx) void read();
    },
    { capture: true, passive: true },
  );
  return read;
}

/** @param {Element} scroller */
function firstInSight(scroller) {
  const { top } = scroller.getBoundingClientRect();
  return [...scroller.querySelectorAll('[data-id]')].find((message) => message.getBoundingClientRect().bottom > top);
}
