/** The name shown to people. @param {import('./control.js').Author} author */
export function nameOf(author) {
  return author.global_name ?? author.username;
}
