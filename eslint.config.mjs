import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import ts from 'typescript-eslint';

/**
 * The rooms of the house (CONTRIBUTING.md, "The house"): what none of a room's files may import, and
 * for each of its folders which of the others it may, from the ground up.
 * @type {Record<string, { never: string[], folders: Record<string, string[]> }>}
 */
const rooms = {
  'schedule-data': {
    never: ['bot', 'site', 'cli', 'ptgbot.ts'],
    folders: {
      text: [],
      format: ['text'],
      schedule: ['text', 'format'],
      git: ['text'],
      store: ['text', 'format', 'schedule', 'git'],
      people: ['text', 'format', 'schedule', 'git', 'store'],
      history: ['text', 'format', 'schedule', 'git', 'store'],
      review: ['text', 'format', 'schedule', 'git', 'store', 'history'],
      sync: ['text', 'format', 'schedule', 'git', 'store', 'history', 'review'],
      import: ['text', 'format', 'schedule', 'people'],
    },
  },
  bot: {
    never: ['site', 'cli', 'ptgbot.ts'],
    folders: {
      'rate-limit': [],
      outgoing: ['rate-limit'],
      commands: ['outgoing', 'rate-limit'],
      irc: ['outgoing', 'rate-limit'],
    },
  },
  'bot/irc': {
    never: ['site', 'cli', 'ptgbot.ts', 'bot.ts', 'decide.ts', 'parse.ts', 'commands'],
    folders: {
      connection: [],
      roster: [],
      outgoing: [],
      registration: ['roster'],
      channel: ['connection', 'outgoing'],
      incoming: ['connection', 'outgoing', 'roster'],
    },
  },
  site: {
    never: ['bot', 'cli', 'ptgbot.ts'],
    folders: {
      content: [],
      view: ['content'],
      client: ['view'],
      components: ['view'],
      layouts: ['view', 'client', 'components', 'styles'],
      pages: ['view', 'client', 'components', 'layouts', 'styles'],
      render: ['content', 'view'],
      publish: ['content', 'view', 'render'],
      server: ['view', 'render'],
      build: ['content', 'view', 'render', 'publish'],
    },
  },
  cli: {
    never: ['ptgbot.ts'],
    folders: { guard: [], service: ['guard'], commands: ['service'], doctor: ['commands'] },
  },
};

/**
 * @param {string[]} files
 * @param {string[]} forbidden regular expressions of what comes after the dots of an import
 * @returns {import('eslint').Linter.Config}
 */
const wall = (files, forbidden) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: forbidden.map((what) => ({
          regex: `^(?:\\.{1,2}/)+${what}(?:/|$)`,
          message: 'CONTRIBUTING.md, "The house", says what may import what.',
        })),
      },
    ],
  },
});

const walls = Object.entries(rooms).flatMap(([room, { never, folders }]) => [
  wall([`${room}/**/*.{ts,astro}`], never),
  ...Object.entries(folders).map(([folder, allowed]) => {
    const others = Object.keys(folders).filter((one) => one !== folder && !allowed.includes(one));
    return wall([`${room}/${folder}/**/*.{ts,astro}`], [...never, ...others]);
  }),
]);

export default ts.config(
  { ignores: ['dist/', '.astro/', 'node_modules/', 'site/published/', 'schedule-data/live.git/'] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  astro.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.astro'] } },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.astro', '**/*.mjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { console: false, process: false, URL: false } },
  },
  // A page exports what it shows and what it has to say about its addresses; names of types, such
  // as App.Locals, are for the compiler to know.
  {
    files: ['site/pages/**'],
    rules: { 'astro/no-exports-from-components': 'off', 'no-undef': 'off' },
  },
  ...walls,
  // What decides about lines knows none of the chats that they come from.
  wall(['bot/*.ts'], ['site', 'cli', 'ptgbot.ts', 'irc', 'console.ts']),
);
