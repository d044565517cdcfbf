#!/usr/bin/env node
'use strict';
// Starts the command from V8's compiled form where it is that of this very Node; compiles it otherwise.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const file = join(__dirname, 'command.cjs');
const cache = join(__dirname, 'command.cache');

function cached() {
  try {
    return readFileSync(cache);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const script = new Script(`(function(require,module,exports){${readFileSync(file, 'latin1')}\n})`, {
  filename: file,
  cachedData: cached(),
});
script.runInThisContext()(require, module, exports);
if (process.env.FTPLOG_WRITE_CODE_CACHE === '1')
  process.once('exit', () => writeFileSync(cache, script.createCachedData()));
