import { FileQuestion } from 'lucide-react';
import { Route, Switch, useLocation } from 'wouter';
import { CreatePage } from './create/create-page.tsx';
import { OutboxProvider } from './create/outbox-store.tsx';
import { Empty } from './elements/empty.tsx';
import { LinkButton } from './elements/button.tsx';
import { loadPart } from './elements/load-part.ts';
import { NoticeProvider } from './elements/notice.tsx';
import { PageBoundary } from './elements/page-boundary.tsx';
import { Part } from './elements/part.tsx';
import { PageFrame } from './frame/page-frame.tsx';
import { LiveProvider } from './live/live.tsx';
import { SessionGate } from './session/session-gate.tsx';
import { useWords } from './words/use-words.tsx';

const GalleryPage = loadPart(() => import('./gallery/gallery-page.tsx').then((loaded) => loaded.GalleryPage));
const BatchesPage = loadPart(() => import('./batches/batches-page.tsx').then((loaded) => loaded.BatchesPage));
const BatchPage = loadPart(() => import('./batches/batch-page.tsx').then((loaded) => loaded.BatchPage));
const CallPage = loadPart(() => import('./detail/call-page.tsx').then((loaded) => loaded.CallPage));

/** The pages, for whoever is signed in. */
export function App() {
  const [location] = useLocation();
  return (
    <PageBoundary>
      <NoticeProvider>
        <SessionGate>
          <LiveProvider>
            <OutboxProvider>
              <PageFrame>
                <Part key={location}>
                  <Switch>
                    <Route path="/">
                      <CreatePage />
                    </Route>
                    <Route path="/gallery">
                      <GalleryPage />
                    </Route>
                    <Route path="/batches">
                      <BatchesPage />
                    </Route>
                    <Route path="/batches/:id">{({ id }) => <BatchPage key={id} id={id} />}</Route>
                    <Route path="/calls/:id">{({ id }) => <CallPage key={id} id={id} />}</Route>
                    <Route>
                      <NoSuchPage />
                    </Route>
                  </Switch>
                </Part>
              </PageFrame>
            </OutboxProvider>
          </LiveProvider>
        </SessionGate>
      </NoticeProvider>
    </PageBoundary>
  );
}

function NoSuchPage() {
  const { page } = useWords();
  return (
    <Empty isPage icon={<FileQuestion />} title={page.notFound} detail={page.notFoundDetail}>
      <LinkButton href="/" kind="primary">
        {page.backToCreate}
      </LinkButton>
    </Empty>
  );
}
