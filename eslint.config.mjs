import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import ts from 'typescript-eslint';

/**
 * Which rooms of the house must not look into which others (CONTRIBUTING.md, "The house").
 * @param {string} room
 * @param {string[]} others
 * @returns {import('eslint').Linter.Config}
 */
const wall = (room, others) => ({
  files: [`${room}/**/*.ts`, `${room}/**/*.astro`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: others.map((other) => ({
          regex: `^\\.{1,2}/(.*/)?${other.replace('.', '\\.')}(/|$)`,
          message: `${room}/ must not import ${other} (CONTRIBUTING.md, "The house").`,
        })),
      },
    ],
  },
});

/** What schedule-data must not import, and which folders in it each folder must not. */
const outside = ['bot', 'site', 'cli', 'ptgbot.ts'];
const layers = {
  text: ['format', 'schedule', 'git', 'store', 'people', 'history', 'import'],
  format: ['schedule', 'git', 'store', 'people', 'history', 'import'],
  schedule: ['git', 'store', 'people', 'history', 'import'],
  git: ['format', 'schedule', 'store', 'people', 'history', 'import'],
  store: ['people', 'history', 'import'],
  people: ['history', 'import'],
  history: ['people', 'import'],
  import: ['git', 'store', 'history'],
};

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
  wall('schedule-data', outside),
  ...Object.entries(layers).map(([layer, others]) =>
    wall(`schedule-data/${layer}`, [...outside, ...others]),
  ),
  wall('bot', ['site', 'cli', 'ptgbot.ts']),
  wall('site', ['bot', 'cli', 'ptgbot.ts']),
);
