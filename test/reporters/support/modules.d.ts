declare module 'parse-prometheus-text-format' {
  const parse: (text: string) => readonly { readonly name: string; readonly type: string }[];

  // biome-ignore lint/style/noDefaultExport: the package has one
  export { parse as default };
}
declare module 'markdown-it' {
  class MarkdownIt {
    constructor(options: { readonly html?: boolean; readonly linkify?: boolean });
    render(text: string): string;
  }

  // biome-ignore lint/style/noDefaultExport: the package has one
  export { MarkdownIt as default };
}
