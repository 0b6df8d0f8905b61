// The icons the pages use, by their name in Lucide (ISC). `parts::icon` takes the same names.
export const icons = [
  "archive", "arrow-down", "arrow-down-up", "arrow-up", "bold", "bookmark", "building-2", "check",
  "chevron-down", "chevron-left", "chevron-right", "circle-alert", "circle-check", "circle-user-round",
  "clock", "code", "corner-up-right", "ellipsis", "external-link", "file-text", "flag", "folder-tree",
  "forward", "hand", "heart-pulse", "hourglass", "image", "inbox", "info", "keyboard", "link", "list",
  "list-filter", "lock", "log-out", "mail", "mails", "menu", "paperclip", "pencil", "plus", "printer",
  "reply", "rotate-cw", "rows-3", "search", "send",
  "settings", "shield-x", "triangle-alert", "undo-2", "unlink", "user-plus", "user-round", "users",
  "wifi-off", "x",
];
