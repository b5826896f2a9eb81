using System.Globalization;
using DataResilience.Engine.ObjectStores;

namespace DataResilience.Engine.Tests.ObjectStores;

/// <summary>Local stores on simulated files, in a directory whose parent is not there either.</summary>
internal static class ForgetfulStore
{
    public const string Root = "/backups/repository";

    private static int temporaryNames;

    public static LocalObjectStore Open(IFileLayer files) =>
        new(Root, files, () => Interlocked.Increment(ref temporaryNames).ToString("x8", CultureInfo.InvariantCulture));
}
