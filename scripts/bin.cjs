#!/usr/bin/env node
'use strict';
// Starts the command from V8's compiled form where it is that of this very source and Node; compiles it otherwise.
const { fstatSync, openSync, closeSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, 'command.cjs');
const cache = join(__dirname, 'command.cache');

/** Octets and time of the last change. */
function read(path) {
  const fd = openSync(path);
  try {
    return { octets: readFileSync(fd), changed: fstatSync(fd).mtimeMs };
  } finally {
    closeSync(fd);
  }
}

const source = read(file);

/** Of one octet in 64: a form that is cut, or damaged by the block, has another one. Modules with a better sum take longer to load than all the rest. */
function sum(compiled) {
  let all = compiled.length;
  for (let i = 0; i < compiled.length; i += 64) all = (Math.imul(all, 31) + compiled[i]) | 0;
  const octets = Buffer.alloc(4);
  octets.writeInt32LE(all);
  return octets;
}

/** Installing writes both files within this time; a source that is newer by more was edited. */
const installMs = 60_000;

/**
 * Compiled form and sum stand in one file. V8 compares its own version and the length of the source, not what the source
 * says. Whatever is wrong: the source is compiled.
 */
function cached() {
  try {
    const { octets, changed } = read(cache);
    if (source.changed > changed + installMs) return undefined;
    const compiled = octets.subarray(0, -4);
    return sum(compiled).equals(octets.subarray(-4)) ? compiled : undefined;
  } catch {
    return undefined;
  }
}

const script = new Script(`(function(require,module,exports){${source.octets.toString('latin1')}\n})`, {
  filename: file,
  cachedData: cached(),
});
script.runInThisContext()(require, module, exports);
if (process.env.FTPLOG_WRITE_CODE_CACHE === '1')
  process.once('exit', () => {
    const compiled = script.createCachedData();
    writeFileSync(cache, Buffer.concat([compiled, sum(compiled)]));
  });
