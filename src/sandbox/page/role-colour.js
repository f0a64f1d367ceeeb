/**
 * The colour that a member's name bears: that of their highest role that has one.
 * @param {import('./world.js').Guild} guild @param {string} user id @returns {string | null} CSS; null for the colour of the text
 */
export function nameColour(guild, user) {
  const held = guild.members.find((member) => member.user === user)?.roles ?? [];
  const [highest] = guild.roles
    .filter(({ id, color }) => color !== 0 && held.includes(id))
    .toSorted((a, b) => b.position - a.position);
  return highest ? readableColour(highest.color) : null;
}

/** A role's colour, moved towards the text's own where it would be too faint on either ground. @param {number} colour 0xRRGGBB @returns {string} CSS */
export function readableColour(colour) {
  return `color-mix(in oklab, #${colour.toString(16).padStart(6, '0')} 70%, var(--text-strong))`;
}
