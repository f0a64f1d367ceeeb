import type { Routes } from '../../src/discord/interactions.ts';

const nothing = () => Promise.resolve({ place: 'private' as const, body: {} });

/** No commands, and buttons and forms that answer nothing: for tests of the gateway itself. */
export const noRoutes: Routes = {
  commands: [],
  buttons: {
    search: nothing,
    more: nothing,
    similar: nothing,
    up: nothing,
    down: nothing,
    list: nothing,
    again: nothing,
    forget: nothing,
  },
  forms: { 'edit-channel': nothing, 'edit-alert': nothing },
};
