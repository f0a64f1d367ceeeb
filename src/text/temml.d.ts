/** Temml's own typings name neither the default export as Node sees it nor the tree; this is all that we call. */
declare module 'temml' {
  type TemmlNode = {
    readonly type?: string;
    readonly text?: string;
    readonly children?: readonly TemmlNode[];
    readonly attributes?: Readonly<Record<string, unknown>>;
  };
  const temml: {
    /** @throws ParseError, RangeError for what is nested too deep */
    __renderToMathMLTree(
      formula: string,
      options: { throwOnError: true; displayMode: boolean; macros: Record<string, string> },
    ): TemmlNode;
  };
  export default temml;
}
