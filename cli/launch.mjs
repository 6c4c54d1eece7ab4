#!/usr/bin/env node
/** `npx ptgbot`: starts it with the Node that came with it, whichever Node runs this. Uses nothing new. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const own = path('node_modules/.bin/node');
const node = existsSync(own) ? own : process.execPath;

const child = spawn(node, [path('ptgbot.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// Who stops us means it.
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
