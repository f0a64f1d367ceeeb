/** The one file of `natural` that we load; its types would load the whole package's. */
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  type Step = (token: string) => string;
  const porterStemmer: Readonly<
    Record<'stem' | 'step1a' | 'step1b' | 'step1c' | 'step2' | 'step3' | 'step4' | 'step5a' | 'step5b', Step>
  >;
  export default porterStemmer;
}
