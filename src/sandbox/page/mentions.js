/**
 * Whether a message calls upon the reader: by name, through one of their roles, or with everybody.
 * @param {import('./control.js').Message & { mention_everyone?: boolean, mention_roles?: readonly string[] }} message
 * @param {{ user: string, roles: readonly string[] }} reader ids
 */
export function isMentioned({ mention_everyone: everyone, mentions, mention_roles: roles }, reader) {
  return (
    everyone === true ||
    mentions?.some(({ id }) => id === reader.user) === true ||
    roles?.some((id) => reader.roles.includes(id)) === true
  );
}
