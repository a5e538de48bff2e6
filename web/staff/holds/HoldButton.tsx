// Putting a customer, or something of it, on hold.

import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { PlaceDialog } from './PlaceDialog.tsx';

type HoldButtonProps = { readonly customerId?: string; readonly itemId?: string };

export function HoldButton({ customerId, itemId }: HoldButtonProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconHandStop size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        Hold
      </Button>
      {opened ? (
        <PlaceDialog customerId={customerId} itemId={itemId} onClose={() => setOpened(false)} />
      ) : null}
    </>
  );
}
