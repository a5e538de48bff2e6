// Asks before what was typed is lost: when one goes to another page, and when the window is closed.

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';

export function UnsavedGuard({ isUnsaved }: { isUnsaved(): boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isUnsaved() && current.pathname !== next.pathname,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  });
  const blocked = blocker.status === 'blocked';
  const stay = (): void => blocker.reset?.();
  return (
    <Modal opened={blocked} onClose={stay} title="Leave this page?">
      <Stack>
        <Text size="sm">What you typed is not saved and would be lost.</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={stay}>
            Stay
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
