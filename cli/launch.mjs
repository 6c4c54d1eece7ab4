#!/usr/bin/env node
/** `npx ptgbot`: starts it with the Node that came with it, whichever Node runs this. Uses nothing new. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Wherever npm put it; as a part of another project, that is beside us. */
function ownNode() {
  try {
    const name = `node-${process.platform}-${process.arch}/bin/node`;
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return process.execPath;
  }
}

const [program = ''] = ['ptgbot.js', 'ptgbot.ts'].map(path).filter((file) => existsSync(file));
const child = spawn(ownNode(), [program, ...process.argv.slice(2)], { stdio: 'inherit' });
// Who stops us means it.
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
