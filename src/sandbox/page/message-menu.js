import { can, isForum, permissions } from './world.js';

const userCommand = 2;
const messageCommand = 3;
/** Kinds of messages that people and bots write; all others Discord writes. */
const spokenTypes = [0, 19, 20, 23];

/**
 * What can be done with a message, in the order of Discord's own menu.
 *
 * @typedef {{ label: string, run: () => unknown, isGrave?: boolean } | { label: string, entries: readonly Entry[] }} Entry `isGrave`: it cannot be undone; the latter is a group
 * @param {import('./control.js').Message & { type?: number, pinned?: boolean, thread?: { id: string } }} message
 * @param {object} here
 * @param {import('./world.js').Spot} here.spot
 * @param {string} here.user id
 * @param {readonly import('./command-line.js').Command[]} here.commands for people and messages, as far as the person may use them
 * @param {import('./acts.js').Acts} acts
 * @param {(dialog: import('./dialogs.js').Dialog) => void} showDialog
 * @returns {Entry[]}
 */
export function messageMenu(message, { spot, user, commands }, acts, showDialog) {
  const isOwn = message.author.id === user;
  const moderates = spot.kind !== 'direct' && can(spot, permissions.manageMessages);
  const isSpoken = spokenTypes.includes(message.type ?? 0);
  const canPin = isSpoken && (can(spot, permissions.pinMessages) || moderates);
  const canBranch =
    isSpoken &&
    spot.kind === 'channel' &&
    !isForum(spot.channel) &&
    !message.thread &&
    can(spot, permissions.createPublicThreads);
  const apps = [
    ...used(commands, messageCommand).map((command) => useEntry(command, message.id, acts)),
    ...used(commands, userCommand).map((command) => useEntry(command, message.author.id, acts)),
  ];
  return [
    ...when(isOwn && isSpoken, { label: 'Edit Message', run: () => showDialog({ kind: 'edit', message }) }),
    ...when(canBranch, { label: 'Create Thread', run: () => showDialog({ kind: 'thread', message }) }),
    ...when(message.content !== '', { label: 'Copy Text', run: () => acts.copy(message.content) }),
    ...when(canPin, {
      label: message.pinned ? 'Unpin Message' : 'Pin Message',
      run: () => acts.pin(message, !message.pinned),
    }),
    ...when(apps.length > 0, { label: 'Apps', entries: apps }),
    { label: 'Copy Message ID', run: () => acts.copy(message.id) },
    ...when(isOwn || moderates, {
      label: 'Delete Message',
      run: () => showDialog({ kind: 'delete', message }),
      isGrave: true,
    }),
  ];
}

/** @param {readonly import('./command-line.js').Command[]} commands @param {number} type */
function used(commands, type) {
  return commands.filter((command) => command.type === type && command.allowed);
}

/** @param {import('./command-line.js').Command} command @param {string} target id @param {import('./acts.js').Acts} acts */
function useEntry({ path, name }, target, acts) {
  return { label: path, run: () => acts.useOn(name, target) };
}

/** @param {boolean} isSo @param {Entry} entry @returns {Entry[]} */
function when(isSo, entry) {
  return isSo ? [entry] : [];
}
