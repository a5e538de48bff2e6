import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { Empty } from '../ui/Page.tsx';

export function NotFound() {
  useEffect(() => {
    document.title = 'No such page · Quittance';
  }, []);
  return (
    <main>
      <Empty
        title="There is no page here"
        action={
          <Button component="a" href="/">
            Go to the start
          </Button>
        }
      >
        The address may be mistyped, or what it pointed to is in another tenant.
      </Empty>
    </main>
  );
}
