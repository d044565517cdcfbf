declare module 'parse-prometheus-text-format' {
  const parse: (text: string) => readonly { readonly name: string; readonly type: string; readonly metrics: readonly unknown[] }[];
  export default parse;
}
declare module 'markdown-it' {
  export default class MarkdownIt {
    constructor(options: { readonly html?: boolean; readonly linkify?: boolean });
    render(text: string): string;
  }
}
