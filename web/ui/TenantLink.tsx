// A link to a page of the tenant one is in.

import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTenant } from '../lib/tenant.ts';

export function TenantLink({
  to,
  children,
  quiet = false,
}: {
  readonly to: string;
  readonly children: ReactNode;
  readonly quiet?: boolean;
}) {
  const tenant = useTenant();
  const path = `/${tenant}/${to}`;
  if (quiet) {
    return (
      <Link to={path as never} className="plain-link" onClick={(event) => event.stopPropagation()}>
        {children}
      </Link>
    );
  }
  return (
    <Anchor inherit component={Link} to={path as never} onClick={(event) => event.stopPropagation()}>
      {children}
    </Anchor>
  );
}
