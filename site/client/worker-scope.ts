/**
 * What a service worker calls by the name `self`, as far as ours uses it. The library of TypeScript that
 * describes workers describes windows no more, and one program checks both.
 */
export interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: {
      type: 'window';
      includeUncontrolled?: boolean;
    }): Promise<readonly PageClient[]>;
    openWindow(address: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: PageRequest) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationClick) => void): void;
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void;
}

/** An open page. */
interface PageClient {
  readonly url: string;
  focus(): Promise<unknown>;
}

/** The worker is not ended before the promise is kept. */
interface LastingEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

/** `NotificationEvent` */
interface NotificationClick extends LastingEvent {
  readonly notification: { close(): void };
}

/** `FetchEvent` */
export interface PageRequest extends LastingEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** `ExtendableMessageEvent` */
interface PageMessage extends LastingEvent {
  readonly data: unknown;
  readonly source: PageClient | null;
}
