import Catalog
import MetricModel
import PromQL
import Topology

extension Alerts {
  /// A file system that keeps something is almost full, by what is left for whoever is not root: PostgreSQL is not.
  /// Its newest measurement counts though a scrape or two may fail, since a restart of node-exporter frees no disk.
  ///
  /// A device that is mounted twice is two series: PromQL cannot choose one of several equal mount points, and whoever
  /// is called needs to read a mount point. Alertmanager tells them in one message, for it groups by the alert.
  package static let diskSpaceCritical = Alert(
    "DiskSpaceCritical",
    when: almostFull,
    for: 5.m,
    severity: .critical,
    symptom: .saturation,
    subject: .host,
    texts: AlertTexts(
      summary: "\(mountPoint) de \(.instance) se queda sin espacio",
      description: """
        Desde hace más de 5 minutos, a \(mountPoint) (\(LabelName(MountLabels.Device.self)), \
        \(LabelName(MountLabels.FSType.self))) le queda menos del 10 %. Si se llena, lo que escriba ahí se detiene: \
        si es la base, nadie puede registrar movimientos.
        """,
      value: "queda el \(value: .percentage) de \(mountPoint)"),
    dashboard: .systemOverview,
    runbook: diskSpaceRunbook,
    boundaries: [
      Boundary(
        of: "parte libre de un sistema de archivos", silentAt: 0.1, firesAt: 0.0625, labels: Disk().labels
      ) { level, length in Disk().series(.hold(level, length)) }
    ],
    cases: diskCases,
    drill: .fillFileSystem(percent: 95))

  private static let mountPoint = LabelName(MountLabels.MountPoint.self)

  /// Of memory, of images that are full by nature, of somebody else's device. FUSE on a block device (`fuseblk`: NTFS)
  /// is real, and so is a loop device. A size of 0 needs no condition: the ratio is then no number or infinite, and
  /// neither is below the threshold. The panel beside the alert leaves out the same.
  package static let unrealFileSystems = [
    "aufs", "autofs", "devtmpfs", "erofs", "iso9660", "nsfs", "overlay", "ramfs", "squashfs", "tmpfs", "udf",
    #"fuse(\..+)?"#,
  ].joined(separator: "|")

  private static let availableRatio =
    lastOverTime(
      Host.Filesystem.available(\.fstype, .doesNotMatch(unrealFileSystems))[HostAlerts.newest])
    / lastOverTime(Host.Filesystem.size[HostAlerts.newest])

  /// What nobody can write to stays as full as it is.
  private static let almostFull =
    (availableRatio < Scalar(Objectives.diskAvailableRatioCritical))
    .and(lastOverTime(Host.Filesystem.readonly[HostAlerts.newest]) == 0)

  private static let diskCases: [AlertCase] = [
    AlertCase(
      "un disco lleno se monta a los 5 minutos",
      given: Disk().series(.gone(5.m), .hold(0.04, 20.m)),
      expect: [.silent(at: 10.m - AlertCase.interval), .fires(at: 10.m, Disk().labels, value: 0.04)]),
    AlertCase(
      "alguien libera espacio a tiempo, y después de sonar",
      given: Disk().series(.hold(0.04, 4.m), .hold(0.3, 4.m), .hold(0.04, 8.m), .hold(0.3, 10.m)),
      expect: [
        .silent(at: 5.m), .silent(at: 13.m - AlertCase.interval), .fires(at: 15.m, Disk().labels, value: 0.04),
        .silent(at: 16.m),
      ]),
    AlertCase(
      "el valor oscila alrededor del umbral, y nunca queda 5 minutos debajo",
      given: Disk().series(.hold(0.08, 4.m), .hold(0.12, 1.m), .hold(0.08, 4.m), .hold(0.12, 1.m), .hold(0.08, 4.m)),
      expect: [.silent(at: 5.m), .silent(at: 9.m), .silent(at: 13.m)]),
    AlertCase(
      "node-exporter se reinicia: el disco sigue lleno",
      given: Disk().series(.hold(0.04, 3.m), .gone(1.m), .hold(0.04, 20.m)),
      expect: [.silent(at: 5.m - AlertCase.interval), .fires(at: 5.m, Disk().labels, value: 0.04)]),
    AlertCase(
      "el disco se desmonta mientras suena",
      given: Disk().series(.hold(0.04, 10.m), .gone(20.m)),
      expect: [.fires(at: 11.m, Disk().labels, value: 0.04), .silent(at: 12.m + 30.s)]),
    AlertCase(
      "de dos máquinas se llena una",
      given: Disk().series(.hold(0.04, 20.m)) + Disk(instance: "b:9100").series(.hold(0.5, 20.m)),
      expect: [.fires(at: 10.m, Disk().labels, value: 0.04)]),
    AlertCase(
      "el mismo disco está montado dos veces: una línea por punto de montaje, en un solo mensaje",
      given: Disk().series(.hold(0.04, 20.m)) + Disk(mountPoint: "/copia").series(.hold(0.04, 20.m)),
      expect: [
        .fires(
          at: 10.m,
          all: [Disk(), Disk(mountPoint: "/copia")].map { AlertCase.Firing(labels: $0.labels, value: 0.04) })
      ]),
    AlertCase(
      "también cuentan un archivo montado y un NTFS",
      given: Disk.uncommon.flatMap { $0.series(.hold(0.04, 20.m)) },
      expect: [.fires(at: 10.m, all: Disk.uncommon.map { AlertCase.Firing(labels: $0.labels, value: 0.04) })]),
    AlertCase(
      "no cuentan los que no guardan nada ni los que nacen llenos",
      given: [
        "aufs", "autofs", "devtmpfs", "erofs", "iso9660", "nsfs", "overlay", "ramfs", "squashfs", "tmpfs", "udf",
        "fuse", "fuse.sshfs", "fuse.lxcfs",
      ].flatMap { Disk(fstype: $0, mountPoint: "/\($0)").series(.hold(0, 20.m)) },
      expect: [.silent(at: 10.m)]),
    AlertCase(
      "uno de sólo lectura está lleno y así queda", given: Disk().series(.hold(0, 20.m), readonly: 1),
      expect: [.silent(at: 10.m)]),
    AlertCase(
      "uno que no tiene tamaño",
      given: Disk().series(.hold(0, 20.m), bytes: 0) + Disk(mountPoint: "/b").series(.hold(1, 20.m), bytes: 0),
      expect: [.silent(at: 10.m)]),
    AlertCase("la máquina no se mide", given: [], expect: [.silent(at: 10.m)]),
  ]
}

/// A mounted file system of a case.
private struct Disk {
  var device = "/dev/sda1"
  var fstype = "ext4"
  var mountPoint = "/var/lib"
  var instance = "a:9100"

  static let uncommon = [
    Disk(device: "/dev/loop0", mountPoint: "/mnt/chico"),
    Disk(device: "/dev/sdb1", fstype: "fuseblk", mountPoint: "/mnt/usb"),
  ]

  var labels: [LabelName: String] {
    [
      LabelName(MountLabels.Device.self): device, LabelName(MountLabels.FSType.self): fstype,
      LabelName(MountLabels.MountPoint.self): mountPoint, .job: Job.nodeExporter.rawValue, .instance: instance,
    ]
  }

  /// - Parameter free: the part that is left.
  func series(_ free: Samples..., readonly: Double = 0, bytes: Double = 10_737_418_240) -> [SampledSeries] {
    let mount = MountLabels(device: device, fstype: fstype, mountPoint: mountPoint)
    func one(_ family: Family<Gauge, MountLabels>, _ samples: [Samples]) -> SampledSeries {
      SampledSeries(family, mount, job: Job.nodeExporter, instance: instance, samples)
    }
    return [
      one(Host.Filesystem.available, free.map { $0.times(bytes == 0 ? 1 : bytes) }),
      one(Host.Filesystem.size, free.map { $0.constant(bytes) }),
      one(Host.Filesystem.readonly, free.map { $0.constant(readonly) }),
    ]
  }
}

extension Alerts {
  /// File systems that may run full, as df lists them.
  private static let df = "df -P -x tmpfs -x devtmpfs -x overlay -x squashfs -x iso9660"
  private static let fullOnes = "\(df) | awk 'NR > 1 && $5 + 0 >= 90"
  /// What was moved aside and no process writes to any more.
  private static let oldLogs =
    "\(fullOnes) {print $6}' | xargs -r -I{} find {} -xdev -type f -path '*minimarket*' -name '*.log.*'"

  private static let diskSpaceRunbook = Runbook(
    meaning: """
      A un disco le queda menos del 10 %. Todavía no se perdió nada, pero cuando llegue a cero lo que escriba ahí se \
      detiene: PostgreSQL se cae y nadie puede consultar ni registrar stock; Redis no acepta cambios; no hay logs ni \
      métricas para ver qué pasó.
      """,
    firstFiveMinutes: [
      Step("Mirá qué disco es, y cuánto le queda.", run: .shell("df -h -x tmpfs -x devtmpfs -x overlay -x squashfs")),
      Step(
        "Mirá que todo siga en pie. Si la base ya cayó, liberá espacio antes de reiniciarla.",
        run: .deploy("--status")),
      Step(
        """
        No borres nunca nada del directorio de datos de PostgreSQL (pg_wal tampoco: sin esos archivos la base no \
        arranca), ni el appendonly de Redis, ni bloques de Prometheus mientras corre, ni volúmenes de docker.
        """),
      Step("Si acaba de empezar una importación, una copia o un despliegue, detenelo: es lo que más escribe."),
      Step("Avisá en #minimarket-alerts que lo estás mirando."),
    ],
    diagnosis: [
      Diagnosis(
        "¿Qué disco es, según Prometheus?", run: .query(almostFull), fault: .contains("\"mountpoint\""),
        conclusion: """
          El número del final es la parte que queda. Si hay dos con el mismo device, es un solo disco montado dos \
          veces.
          """),
      Diagnosis(
        "¿Lo ve igual la máquina?", run: .shell("\(fullOnes) {print $6, $5}'"), fault: .contains("%"),
        conclusion: """
          Cada línea es un punto de montaje y cuánto tiene ocupado. Si no sale ninguna, alguien ya liberó espacio, o \
          estás en otra máquina: mirá instance en la alerta.
          """),
      Diagnosis(
        "¿Hay logs de la plataforma ya rotados?", run: .shell(oldLogs), fault: .contains(".log."),
        conclusion: "Esos archivos se pueden borrar: nadie los escribe ya. Si no hay ninguno, buscá qué más creció."),
    ],
    fix: [
      Step(
        "Borrá los logs de la plataforma ya rotados de los discos llenos.", run: .shell("\(oldLogs) -delete"),
        isRemedy: true),
      Step("Achicá el journal de systemd.", run: .shell("journalctl --vacuum-size=200M")),
      Step(
        "Buscá qué directorios ocupan más; cambiá la barra por el punto de montaje de la alerta.",
        run: .shell("du -xh --max-depth=3 / 2>/dev/null | sort -h | tail -n 20")),
      Step(
        "Un archivo borrado sigue ocupando mientras un proceso lo tenga abierto: reiniciá ese proceso.",
        run: .shell("find /proc/[0-9]*/fd -lname '*(deleted)' 2>/dev/null | xargs -r ls -lL")),
      Step(
        "Si creció pg_wal, mirá cuánto ocupa.",
        run: .sql("SELECT count(*), pg_size_pretty(sum(size)) AS wal FROM pg_ls_waldir()")),
      Step(
        """
        Una ranura de replicación sin lector retiene el WAL para siempre. Si su réplica no va a volver, soltala con \
        SELECT pg_drop_replication_slot('NOMBRE') y después CHECKPOINT; nunca a mano.
        """,
        run: .sql(
          "SELECT slot_name, active, wal_status, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) "
            + "AS retenido FROM pg_replication_slots ORDER BY restart_lsn")),
      Step(
        "También lo retiene un archivado que falla: arreglá su destino y se vacía solo.",
        run: .sql("SELECT failed_count, last_failed_wal, last_failed_time FROM pg_stat_archiver")),
      Step(
        "Si creció la base misma, mirá qué tablas. VACUUM FULL no sirve ahora: necesita lugar para otra copia.",
        run: .sql(
          "SELECT relid::regclass AS tabla, pg_size_pretty(pg_total_relation_size(relid)) AS ocupa "
            + "FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 10")),
      Step("Llevá las copias de backups/ a otra máquina, y recién cuando estén allá borrá las de acá."),
      Step(
        """
        Si creció Prometheus, ponele un límite de tamaño (--storage.tsdb.retention.size) y reinicialo: borra él los \
        bloques más viejos.
        """, run: .deploy("--restart prometheus")),
      Step("Con docker, docker image prune -a libera imágenes viejas. Nunca docker volume prune: ahí están los datos."),
      Step("Si nada alcanza, agrandá el disco: con LVM o en la nube no hace falta detener la base."),
    ],
    verify: [
      Step("La lista está vacía: a ningún disco le queda menos del 10 %.", run: .query(almostFull)),
      Step("Todo figura en pie; si la base se había detenido, reiniciala ahora.", run: .deploy("--status")),
      Step("Esperá una hora y volvé a mirar: si el uso sigue subiendo, la causa sigue ahí."),
    ],
    escalate: """
      Llamá a plataforma si queda menos del 3 %, si baja más de 1 punto por minuto, o si a los 15 minutos no sabés qué \
      lo llena. Si PostgreSQL ya se detuvo por falta de espacio, llamá enseguida.
      """,
    afterwards: [
      "Anotá la hora de inicio y de fin, qué lo llenó y qué borraste.",
      "Cortá la causa: retención de logs o métricas, una ranura olvidada, copias que nadie se lleva.",
      "Si creció como siempre, calculá cuándo vuelve a llenarse y pedí disco antes.",
    ])
}
