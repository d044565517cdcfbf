/** `ftplog explain`, with the rules and the log formats behind it. */
import { explainCommand } from './explain.ts';
import { explainSources } from './explain-sources.ts';

export const explain = explainCommand(explainSources);
