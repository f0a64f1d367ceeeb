/** The one file of `natural` that serves as an oracle; its types would load the whole package's. */
declare module 'natural/lib/natural/tfidf/tfidf.js' {
  export default class TfIdf {
    addDocument(words: readonly string[]): void;
    idf(word: string): number;
  }
}
