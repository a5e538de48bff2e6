// A page that could not be shown: because the program was renewed meanwhile, or because of a defect of ours.

import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Empty } from '../ui/Page.tsx';

const RENEWED = /dynamically imported module|importing a module script failed|Unable to preload/i;

export function Broken({ error }: ErrorComponentProps) {
  const message = error instanceof Error ? error.message : String(error);
  const renewed = RENEWED.test(message);
  useEffect(() => {
    document.title = 'Something went wrong · Quittance';
  }, []);
  return (
    <div role="alert">
      <Empty
        title={renewed ? 'Quittance was renewed' : 'This page could not be shown'}
        action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
      >
        {renewed
          ? 'A newer version is on the server. Load the page again to use it; nothing was lost.'
          : `Nothing was changed. If loading again does not help, tell whoever runs Quittance: ${message}`}
      </Empty>
    </div>
  );
}
