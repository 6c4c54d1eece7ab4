/**
 * The page's part of being there without a connection; the service worker has the rest. Where there can
 * be none (without https, in private windows), the page is as it would be anyhow.
 */
import workerAddress from './service-worker.ts?worker&url';
import { pageState } from './page-state.ts';

/** Has the pages kept, this one as well. */
export function keepForOffline(): void {
  const { serviceWorker } = navigator as Partial<Navigator>;
  // Pages in frames of others have no manifest.
  if (!serviceWorker || !document.querySelector('link[rel="manifest"]')) return;
  const register = () => void serviceWorker.register(workerAddress).catch(() => undefined);
  // Not before the page has all that it needs.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) confirmKept();
  });
  addEventListener('offline', confirmKept);
}

/** The page that is kept is this one, as of the last answer: by then it would have been replaced. */
export function confirmKept(): void {
  const { serviceWorker } = navigator as Partial<Navigator>;
  serviceWorker?.controller?.postMessage(pageState.answered.toISOString());
}
