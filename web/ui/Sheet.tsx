// A PDF inside of a page.

import { Button } from '@mantine/core';
import { Empty } from './Page.tsx';

/** The sheet itself; most phones show no PDF inside a page, so there it is opened beside it. */
export function Sheet({ url, title }: { readonly url: string; readonly title: string }) {
  if (navigator.pdfViewerEnabled)
    return <iframe className="sheet" title={title} src={`${url}#toolbar=0&view=FitH`} />;
  return (
    <Empty
      title="This browser shows no PDF inside a page"
      action={
        <Button component="a" href={url} target="_blank" rel="noreferrer" variant="default">
          Open it
        </Button>
      }
    />
  );
}
