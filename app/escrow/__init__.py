"""Break-glass: who wrote one part of one thread, openable only by three of five custodians. Uses accounts and mail."""
