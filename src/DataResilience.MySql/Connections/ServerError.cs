namespace DataResilience.MySql;

/// <summary>
/// The numbers of what servers answer. Those of the driver are incomplete, and from 1900 on the two families number on their own:
/// here stands which is whose.
/// </summary>
internal static class ServerError
{
    internal const int DiskFull = 1021;
    internal const int Write = 1026;
    internal const int StorageEngine = 1030;
    internal const int TooManyConnections = 1040;
    internal const int DatabaseAccessDenied = 1044;
    internal const int AccessDenied = 1045;
    internal const int ShutdownInProgress = 1053;
    internal const int ForcedClose = 1080;
    internal const int KillDenied = 1095;
    internal const int TableFull = 1114;
    internal const int HostIsBlocked = 1129;
    internal const int HostNotPrivileged = 1130;
    internal const int TableAccessDenied = 1142;
    internal const int ColumnAccessDenied = 1143;
    internal const int CommandNotAllowed = 1148;
    internal const int AbortedConnection = 1152;
    internal const int PacketTooLarge = 1153;
    internal const int NetworkRead = 1158;
    internal const int NetworkReadInterrupted = 1159;
    internal const int NetworkWrite = 1160;
    internal const int NetworkWriteInterrupted = 1161;
    internal const int NewAbortedConnection = 1184;
    internal const int TooManyUserConnections = 1203;
    internal const int LockWaitTimeout = 1205;
    internal const int Deadlock = 1213;
    internal const int UserLimitReached = 1226;
    internal const int SpecificAccessDenied = 1227;
    internal const int AuthenticationModeUnsupported = 1251;
    internal const int OptionPreventsStatement = 1290;
    internal const int QueryInterrupted = 1317;
    internal const int ViewNoExplain = 1345;
    internal const int RoutineAccessDenied = 1370;
    internal const int TableDefinitionChanged = 1412;
    internal const int RoutineUnsafe = 1418;
    internal const int RoutineNeedsSuper = 1419;
    internal const int PluginNotLoaded = 1524;
    internal const int AccessDeniedNoPassword = 1698;
    internal const int MustChangePassword = 1820;
    internal const int ReadOnlyMode = 1836;
    internal const int MustChangePasswordLogin = 1862;
    internal const int MariaDbSessionKilled = 1927;
    internal const int AccountLocked = 3118;
    internal const int SecureTransportRequired = 3159;
    internal const int SessionKilled = 3169;
    internal const int LocalInfileDisabled = 3948;
    internal const int AccountBlocked = 3955;
    internal const int InteractionTimeout = 4031;
    internal const int MariaDbAccountLocked = 4151;
    internal const int MariaDbLocalInfileDisabled = 4166;
}
