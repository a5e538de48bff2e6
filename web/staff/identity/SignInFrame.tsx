// The frame of the pages around signing in: one card in the middle.

import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

export function SignInFrame({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Quittance`;
  }, [title]);
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p={{ base: 'lg', xs: 'xl' }} w="100%" maw={420} shadow="sm">
        <Stack>
          <Group gap={10}>
            <img src="/favicon.svg" width={32} height={32} alt="" />
            <Title order={1} size="h3">
              Quittance
            </Title>
          </Group>
          <Text c="dimmed" size="sm">
            {says}
          </Text>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
