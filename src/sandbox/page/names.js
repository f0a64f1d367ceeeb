import { everybody } from './world.js';

/**
 * What mentions stand for, as far as the person can see it.
 * @param {import('./world.js').World} world @param {import('./world.js').Guild | null} guild where the roles are those of
 * @returns {import('./markdown-view.js').Names}
 */
export function namesIn(world, guild) {
  return {
    user: (id) => everybody(world).find((each) => each.id === id)?.name ?? null,
    role: (id) => guild?.roles.find((each) => each.id === id)?.name ?? null,
    channel: (id) =>
      world.guilds.flatMap(({ channels, threads }) => [...channels, ...threads]).find((each) => each.id === id)?.name ??
      null,
    isThread: (id) => world.guilds.some(({ threads }) => threads.some((each) => each.id === id)),
  };
}
