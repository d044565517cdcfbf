/** Regular expressions of users, in linear time (RE2). Loaded only when a configuration holds one. */
import { RE2JS, RE2JSException } from 're2js';
import type { TextTest } from './glob.ts';

/** Finds the expression anywhere in a text; a string says what is wrong with the expression. */
export function regexTest(source: string, ignoreCase = false): TextTest | string {
  try {
    const compiled = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => compiled.test(text);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return error.message.replace(/^error parsing regexp: /, '').replaceAll('`', "'");
  }
}
