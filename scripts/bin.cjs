#!/usr/bin/env node
'use strict';
// Starts the command from V8's compiled form where it is that of this very source and Node; compiles it otherwise.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
// node:crypto takes longer to load. Before Node 20.15 there is no such sum, and the source is compiled.
const { crc32 } = require('node:zlib');

const file = join(__dirname, 'command.cjs');
const cache = join(__dirname, 'command.cache');
const source = readFileSync(file);

/** V8 compares the length of the source and its own version, not what the source says, nor whether the form is whole. */
function sum(compiled) {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(crc32(compiled, crc32(source)));
  return octets;
}

/** Compiled form and sum stand in one file. Whatever is wrong with it: the source is compiled. */
function cached() {
  if (crc32 === undefined) return undefined;
  try {
    const octets = readFileSync(cache);
    const compiled = octets.subarray(0, -4);
    return sum(compiled).equals(octets.subarray(-4)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

const script = new Script(`(function(require,module,exports){${source.toString('latin1')}\n})`, {
  filename: file,
  cachedData: cached(),
});
script.runInThisContext()(require, module, exports);
if (process.env.FTPLOG_WRITE_CODE_CACHE === '1' && crc32 !== undefined)
  process.once('exit', () => {
    const compiled = script.createCachedData();
    writeFileSync(cache, Buffer.concat([compiled, sum(compiled)]));
  });
