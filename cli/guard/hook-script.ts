import { announcementsFile, eventFile } from '../../schedule-data/format/data-files.ts';
import { mostPlanBytes, planFiles } from '../../schedule-data/format/plan.ts';
import { shellWord } from '../../schedule-data/text/text.ts';

/** The exit code of the guard that refuses a push; any other but 0 means that it failed itself. */
export const refused = 10;

/** By this line a hook is known as ours. */
const mark = '# Written by ptgbot at each start, which data.hook: false ends. See docs/git.md.';

export const isOurs = (script: string) => script.split('\n').includes(mark);

export interface HookOptions {
  /** The branch with the schedule: pushes to others pass. */
  readonly branch: string;
  /** Absolute paths. */
  readonly node: string;
  readonly program: string;
  readonly compileCache: string;
  /** Where people find the page. */
  readonly page: string | undefined;
}

/**
 * The `update` hook. Nobody is kept from pushing because ptgbot moved, or fails: then the push passes
 * unchecked, and what it breaks is dealt with as all that comes past the hook.
 */
export function hookScript({ branch, node, program, compileCache, page }: HookOptions): string {
  return `#!/bin/sh
${mark}
[ "$1" = ${shellWord(`refs/heads/${branch}`)} ] || exit 0
case $3 in *[!0]*) ;; *) exit 0 ;; esac
case $2 in *[!0]*) commits="$2 $3" ;; *) commits=$3 ;; esac
node=${shellWord(node)}
program=${shellWord(program)}
if [ -x "$node" ] && [ -f "$program" ]; then
  unset NODE_OPTIONS
  # git reads while Node starts.
  git rev-list --objects --no-object-names --no-walk --sparse --filter=blob:limit=${mostPlanBytes + 1} \
    $commits -- ${eventFile} ${announcementsFile} ${planFiles.join(' ')} rooms tracks |
    git cat-file --batch |
    NODE_COMPILE_CACHE=${shellWord(compileCache)} "$node" "$program" "$2" "$3" ${shellWord(page ?? '')}
  code=$?
  [ $code = 0 ] && exit 0
  [ $code = ${refused} ] && exit 1
fi
echo 'This push was not checked: ptgbot has moved or failed. Its next start mends that.'
`;
}
