import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { ApiError } from './api-error.ts';
import { controlCommandPermissions } from './control-command-permissions.ts';
import { autocomplete, interact } from './control-interactions.ts';
import { readJson } from './control-body.ts';
import { controlChannels } from './control-channels.ts';
import { ControlError } from './control-error.ts';
import { controlFaults } from './control-faults.ts';
import { controlGateway } from './control-gateway.ts';
import { controlGuilds } from './control-guilds.ts';
import { controlLimits } from './control-limits.ts';
import { controlMembers } from './control-members.ts';
import { controlMessages } from './control-messages.ts';
import { controlPeople } from './control-people.ts';
import { controlPins } from './control-pins.ts';
import { controlReactions } from './control-reactions.ts';
import { controlReading } from './control-reading.ts';
import { controlRoles } from './control-roles.ts';
import { controlThreads } from './control-threads.ts';
import { maxBytes } from './request-body.ts';

type Deps = Parameters<typeof interact>[1] &
  Parameters<typeof controlFaults>[0] &
  Parameters<typeof controlLimits>[0] & { readonly log: Log };

/** The control API: people's hands, trouble on demand, and a look inside. No token, as it listens on loopback. */
export function createControl(deps: Deps) {
  const routes = new Hono();
  const closing = new AbortController();

  // A web page from elsewhere must not play with the sandbox of whoever visits it.
  routes.use(async (context, next) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== context.req.header('host'))) {
      return context.json({ message: 'Other web pages may not use the control API.' }, 403);
    }
    await next();
    return undefined;
  });
  routes.use(
    bodyLimit({
      maxSize: maxBytes,
      onError: (context) => context.json({ message: 'The body is larger than 25 MiB.' }, 413),
    }),
  );
  routes.onError((error, context) => {
    if (error instanceof ControlError) return context.json({ message: error.message }, error.status);
    // A rule that people and bots share.
    if (error instanceof ApiError) {
      const sentence = String(error.body['message']).replace(/\.?$/, '.');
      return context.json({ message: sentence }, error.status === 403 ? 403 : 400);
    }
    deps.log.error({ error: messageOf(error) }, 'sandbox: a control request failed');
    return context.json({ message: 'The sandbox failed at this request; its log says why.' }, 500);
  });

  routes.post('/interactions', async (context) => context.json(await interact(await readJson(context.req.raw), deps)));
  routes.post('/autocomplete', async (context) =>
    context.json(await autocomplete(await readJson(context.req.raw), deps)),
  );
  const parts = [
    controlReading({ ...deps, closing: closing.signal }),
    controlMessages(deps),
    controlReactions(deps),
    controlPins(deps),
    controlThreads(deps),
    controlGuilds(deps),
    controlMembers(deps),
    controlRoles(deps),
    controlChannels(deps),
    controlPeople(deps),
    controlCommandPermissions(deps),
    controlFaults(deps),
    controlGateway(deps),
    controlLimits(deps),
  ];
  for (const part of parts) routes.route('/', part);
  routes.all('*', (context) => context.json({ message: 'The control API has no such address.' }, 404));

  return {
    routes,
    /** Ends the streams of events. */
    close: () => closing.abort(),
  };
}
