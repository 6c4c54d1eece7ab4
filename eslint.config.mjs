import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import ts from 'typescript-eslint';

/**
 * The house from the ground up (CONTRIBUTING.md, "The house"): a room imports nothing of the rooms
 * that it is walled off from, and a folder in a room only folders that stand before it. Files
 * beside the folders are above them all.
 * @type {Record<string, { walls: string[], folders: string[] }>}
 */
const rooms = {
  'schedule-data': {
    walls: ['bot', 'site', 'cli', 'ptgbot.ts'],
    folders: ['text', 'format', 'schedule', 'git', 'store', 'people', 'history', 'import'],
  },
  bot: {
    walls: ['site', 'cli', 'ptgbot.ts'],
    folders: [],
  },
  site: {
    walls: ['bot', 'cli', 'ptgbot.ts'],
    folders: [
      ...['content', 'view', 'client', 'components', 'layouts', 'pages'],
      ...['render', 'publish', 'server', 'build'],
    ],
  },
};

/**
 * @param {string} files
 * @param {{ regex: string, message: string }[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
const restricted = (files, patterns) => ({
  files: [`${files}/*.ts`, `${files}/*.astro`, `${files}/**/*.ts`, `${files}/**/*.astro`],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const walls = Object.entries(rooms).flatMap(([room, { walls, folders }]) => {
  const others = walls.map((other) => ({
    regex: `^\\.{1,2}/(.*/)?${other.replace('.', '\\.')}(/|$)`,
    message: `${room}/ must not import ${other}: what passes between them is the data repository.`,
  }));
  return [
    restricted(room, others),
    ...folders.map((folder, index) =>
      restricted(`${room}/${folder}`, [
        ...others,
        ...folders.slice(index + 1).map((later) => ({
          regex: `^(\\.\\./)+${later}/`,
          message: `${room}/${folder} must not import ${room}/${later}, which stands above it.`,
        })),
        {
          regex: '^(\\.\\./)+[^/]+\\.ts$',
          message: `${room}/${folder} must not import files above the folders of ${room}/.`,
        },
      ]),
    ),
  ];
});

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
);
