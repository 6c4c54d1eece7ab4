/** What the service measures of itself, as Prometheus asks for it. */
import { createServer } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { handledLines, type Handled } from '../../bot/handled.ts';
import { timings, type Timing } from '../../schedule-data/store/timing.ts';
import { listenOn } from '../../site/server/listen.ts';

/** What is looked up when somebody asks. */
export interface Readings {
  readonly version: string;
  readonly isReady: () => boolean;
  /** By the name of the network. */
  readonly connected: () => readonly (readonly [network: string, isConnected: boolean])[];
  readonly waitingCommands: () => number;
  readonly waitingMessages: () => number;
  readonly readers: () => number;
  readonly problems: () => Promise<number>;
  /** For how many seconds the pages show less than what is there. */
  readonly behind: () => number;
  /** Undefined where there is none. */
  readonly isRemoteReachable: (() => boolean) | undefined;
}

/** From a commit, in milliseconds, to a remote that does not answer. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 120];

/** Answers `GET /metrics` until `stack` ends. @throws {Error} when it cannot listen there */
export async function serveMetrics(
  listen: string,
  readings: Readings,
  stack: AsyncDisposableStack,
): Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  count(registry, stack);
  read(registry, readings);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics')
      return void response.writeHead(404).end('Only GET /metrics is answered.\n');
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.destroy(),
    );
  });
  const url = await listenOn(server, listen, 'metrics.listen');
  stack.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  return url;
}

/** What happens is counted as it does. */
function count(registry: Registry, stack: AsyncDisposableStack): void {
  const registers = [registry];
  const lines = new Counter({
    name: 'ptgbot_commands_total',
    help: 'Lines that were meant for the bot, by command and what came of them.',
    labelNames: ['kind', 'command', 'result'],
    registers,
  });
  const durations = new Histogram({
    name: 'ptgbot_duration_seconds',
    help: 'How long a commit, publishing, a fetch and a push took.',
    labelNames: ['what', 'result'],
    buckets,
    registers,
  });
  const onHandled = (message: unknown) => lines.inc({ ...(message as Handled) });
  const onTiming = (message: unknown) => {
    const { what, seconds, failed } = message as Timing;
    durations.observe({ what, result: failed ? 'failed' : 'done' }, seconds);
  };
  subscribe(handledLines.name, onHandled);
  subscribe(timings.name, onTiming);
  stack.defer(() => {
    unsubscribe(handledLines.name, onHandled);
    unsubscribe(timings.name, onTiming);
  });
}

/** What is in some state is looked up when it is asked for. */
function read(registry: Registry, readings: Readings): void {
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name: `ptgbot_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await value());
      },
    });
  const { isRemoteReachable } = readings;
  gauge('ready', '1 where /readyz would say so.', () => Number(readings.isReady()));
  gauge('waiting_commands', 'Lines that wait for their turn.', readings.waitingCommands);
  gauge('waiting_messages', 'Messages that wait for the rate limit.', readings.waitingMessages);
  gauge('page_readers', 'Open pages that listen.', readings.readers);
  gauge('data_problems', 'Data files that cannot be used as they stand.', readings.problems);
  gauge(
    'page_behind_seconds',
    'Since when the pages show less than what is there.',
    readings.behind,
  );
  if (isRemoteReachable)
    gauge('remote_reachable', '1 while the remote answers.', () => Number(isRemoteReachable()));
  new Gauge({
    name: 'ptgbot_connected',
    help: '1 while the bot is connected to the network.',
    labelNames: ['network'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [network, isConnected] of readings.connected())
        this.set({ network }, Number(isConnected));
    },
  });
  new Gauge({
    name: 'ptgbot_info',
    help: 'Which version runs.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: readings.version }, 1);
}
