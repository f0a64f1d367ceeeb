import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/unpack-chromium.ts', 'tests/contract-server.ts', 'tests/postgres-server.ts'],
    testTimeout: 20_000,
    // Files share what they import: to load discord.js anew for each took a third of the whole run. No test changes a module.
    isolate: false,
    // Most tests wait for sockets, timers and other processes: more at a time than there are cores.
    maxWorkers: 3,
    // CI machines are noisy, and real browsers and sockets have timeouts: there a test gets a second try, and the report says so.
    retry: process.env['CI'] ? 1 : 0,
  },
});
