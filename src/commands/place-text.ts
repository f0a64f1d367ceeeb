/**
 * Where something is posted, in the middle of a sentence: `here`, `in <#…>`.
 *
 * @param target id of the channel or of the direct messages
 * @param here id of the channel that the sentence is read in
 */
export function placeText(target: string, here: string, isDm: boolean): string {
  if (target === here) return 'here';
  return isDm ? 'in your direct messages' : `in <#${target}>`;
}
