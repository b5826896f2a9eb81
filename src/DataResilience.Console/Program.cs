using DataResilience.Composition;
using DataResilience.Console;
using DataResilience.Console.Terminal;

using var stop = new StopSignals();
var application = new ConsoleApplication(OperationsFactory.Create, new SystemTerminal(), TimeProvider.System);
return await application.RunAsync(args, stop.Token);
