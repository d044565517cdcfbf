#!/usr/bin/env node
'use strict';
// Starts the command from V8's compiled form where it is that of this very source and Node; compiles it otherwise.
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, 'command.cjs');
const cache = join(__dirname, 'command.cache');
const source = readFileSync(file);

/** V8 compares the length of the source and its own version, not what the source says, nor whether the form is whole. */
function digest(compiled) {
  return createHash('sha256').update(source).update(compiled).digest();
}

/** Digest and compiled form stand in one file. Whatever is wrong with it: the source is compiled. */
function cached() {
  try {
    const octets = readFileSync(cache);
    const compiled = octets.subarray(32);
    return digest(compiled).equals(octets.subarray(0, 32)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

const script = new Script(`(function(require,module,exports){${source.toString('latin1')}\n})`, {
  filename: file,
  cachedData: cached(),
});
script.runInThisContext()(require, module, exports);
if (process.env.FTPLOG_WRITE_CODE_CACHE === '1')
  process.once('exit', () => {
    const compiled = script.createCachedData();
    writeFileSync(cache, Buffer.concat([digest(compiled), compiled]));
  });
