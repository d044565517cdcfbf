#!/usr/bin/env node
import { main } from './main.ts';

const { stdin, stdout, stderr, env, argv } = process;
process.exitCode = await main(argv.slice(2), { stdin, stdout, stderr, env, now: Date.now() });
