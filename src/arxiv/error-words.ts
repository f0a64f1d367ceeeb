/** Where arXiv's error answers say what is wrong: the export API in an entry, feeds below their title, pages in their title. */
const places = [
  /<title[^>]*>\s*Error\s*<\/title>[\s\S]*?<summary[^>]*>([^<]+)<\/summary>/,
  /<title[^>]*>\s*Feed error[^<]*<\/title>[\s\S]*?<(?:description|subtitle)[^>]*>([^<]+)<\//,
  /<title[^>]*>([^<]+)<\/title>/,
];

/** Feeds go on with every name there is. */
const mostCharacters = 120;

/** What an error answer says is wrong, in its own words and for people only; null where it does not say. */
export function errorWords(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes.subarray(0, 8_192));
  const words = places.flatMap((place) => place.exec(text)?.[1]?.replaceAll(/\s+/g, ' ').trim() || [])[0];
  if (words === undefined) return null;
  return words.length <= mostCharacters ? words : `${words.slice(0, mostCharacters - 1).trimEnd()}…`;
}
