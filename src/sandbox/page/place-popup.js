const gapPx = 4;
const edgePx = 8;
const tallestPx = 320;

/**
 * Lays something that floats over the page (`position: fixed`) below what it belongs to, or above where there is more room.
 *
 * @param {HTMLElement} popup @param {HTMLElement} anchor
 * @param {{ wide?: boolean }} [how] `wide`: as wide as the anchor; else as wide as it needs, with its right edge at the anchor's
 */
export function placePopup(popup, anchor, { wide = false } = {}) {
  const { left, right, top, bottom, width } = anchor.getBoundingClientRect();
  const { style } = popup;
  style.width = wide ? `${width}px` : 'max-content';
  style.maxWidth = `${innerWidth - 2 * edgePx}px`;
  style.maxHeight = `${tallestPx}px`;
  const below = innerHeight - bottom - gapPx - edgePx;
  const above = top - gapPx - edgePx;
  const isBelow = popup.offsetHeight <= below || below >= above;
  style.maxHeight = `${Math.min(tallestPx, Math.max(isBelow ? below : above, 0))}px`;
  style.top = isBelow ? `${bottom + gapPx}px` : `${top - gapPx - popup.offsetHeight}px`;
  const wanted = wide ? left : right - popup.offsetWidth;
  style.left = `${Math.max(edgePx, Math.min(wanted, innerWidth - popup.offsetWidth - edgePx))}px`;
}
