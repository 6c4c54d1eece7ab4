import { hash } from 'node:crypto';
import { isPlanFile, type Plan } from '../../schedule-data/format/plan.ts';
import { allShapes, type Shape } from '../../schedule-data/format/svg.ts';
import type { Schedule } from '../../schedule-data/schedule/schedule.ts';
import { fold } from '../../schedule-data/text/slug.ts';
import { memo, memoEach } from '../content/memo.ts';
import { roomUrl, roomViews, type RoomView } from './rooms.ts';
import type { RouteParams } from './route-params.ts';

/** Everything that the page of the plan shows. */
export interface PlanPage {
  /** With the rooms as links to their pages, whose ids are `room-SLUG`. */
  readonly drawing?: Shape;
  /** Path of a picture below the base. */
  readonly picture?: string;
  readonly rooms: readonly PlannedRoom[];
}

interface PlannedRoom {
  readonly room: RoomView;
  /** Where it is on the plan, `#room-aspen`, if it is marked there. */
  readonly mark?: string;
}

type Locals = Pick<App.Locals, 'schedule' | 'plan'>;

export const planPath = '/plan/';

/** There is a page where the plan is a file; what is elsewhere is only linked. */
export const planPaths = ({
  schedule: { event },
}: Pick<App.Locals, 'schedule'>): readonly RouteParams[] =>
  isPlanFile(event.plan ?? '') ? [{}] : [];

/** Where to see the plan; undefined where the event has none. */
export const planUrl = ({ plan }: Schedule['event']): string | undefined =>
  plan !== undefined && isPlanFile(plan) ? planPath : plan;

export const planPage = memo((locals: Locals): PlanPage => {
  const { schedule, plan } = locals;
  const { drawing, marks } = markedDrawing(locals);
  const rooms = [...schedule.rooms.keys()].map((slug, index) => ({
    room: roomViews(schedule)[index]!,
    ...(marks.has(slug) && { mark: markOf(slug) }),
  }));
  return {
    rooms,
    ...(drawing && { drawing }),
    ...(plan?.kind === 'picture' && { picture: `/${picturePath(plan)}` }),
  };
});

/** Where the plan shows a room, as nearly as it does; undefined where there is no plan. */
export const roomOnPlan = memoEach((locals: Locals, slug): string | undefined => {
  const url = planUrl(locals.schedule.event);
  return url === planPath && markedDrawing(locals).marks.has(slug) ? url + markOf(slug) : url;
});

/** Path below the base of a plan that is a picture: another picture has another one. */
export const picturePath = memo(
  ({ type, bytes }: Plan & { kind: 'picture' }): string =>
    `assets/plan.${hash('sha256', bytes, 'base64url').slice(0, 10)}.${type}`,
);

const markOf = (slug: string) => `#room-${encodeURIComponent(slug)}`;

interface Marked {
  readonly drawing?: Shape;
  /** Slugs of the rooms that are in it. */
  readonly marks: ReadonlySet<string>;
}

const markedDrawing = memo(({ schedule, plan }: Locals): Marked => {
  const marks = new Set<string>();
  if (plan?.kind !== 'drawing') return { marks };
  const { rooms } = schedule;
  /** @param isDrawn does it show where it stands, and in no link yet? */
  const marked = (shape: Shape, isDrawn: boolean): Shape => {
    const slug = fold(shape.attributes.id ?? '');
    const room = isDrawn && !marks.has(slug) ? rooms.get(slug) : undefined;
    if (room) marks.add(slug);
    const goesOn = isDrawn && !room && !isDefinition.has(shape.name);
    const own: Shape = {
      name: shape.name,
      attributes: ownIds(shape.attributes),
      children: shape.children.map((child) =>
        typeof child === 'string' ? child : marked(child, goesOn),
      ),
    };
    return room ? linked(own, slug, room.name) : own;
  };
  const { name, attributes, children } = plan.drawing;
  const drawing: Shape = {
    name,
    attributes: ownIds(attributes),
    children: children.map((child) => (typeof child === 'string' ? child : marked(child, true))),
  };
  return { drawing, marks };
});

const isDefinition: ReadonlySet<string> = new Set([
  'defs',
  'symbol',
  'clipPath',
  'linearGradient',
  'radialGradient',
]);

function linked(shape: Shape, slug: string, name: string): Shape {
  return {
    name: 'a',
    attributes: {
      class: 'room',
      id: `room-${slug}`,
      href: roomUrl(slug),
      'aria-label': spokenName(shape, name),
    },
    children: [{ name: 'title', attributes: {}, children: [name] }, shape],
  };
}

/** Whoever says what is written there has to be understood, too. */
function spokenName(shape: Shape, name: string): string {
  const words = [...allShapes(shape)]
    .filter(({ name }) => name === 'text' || name === 'tspan')
    .flatMap(({ children }) => children.filter((child) => typeof child === 'string'));
  const written = words.join(' ').replace(/\s+/g, ' ').trim();
  return written.includes(name) ? written : [name, written].filter(Boolean).join(', ');
}

/** Ids of a drawing, and what refers to them, made others than all ids of our pages. */
function ownIds(attributes: Shape['attributes']): Shape['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (name === 'id') return [name, `plan-${value}`];
      if (name === 'href') return [name, `#plan-${value.slice(1)}`];
      return [name, value.replace(/(url\(\s*["']?#)/gi, '$1plan-')];
    }),
  );
}
