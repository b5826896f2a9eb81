using System.CommandLine;

var root = new RootCommand("Backs up, verifies, restores and fails over databases over their wire protocol alone.");

return await root.Parse(args).InvokeAsync();
