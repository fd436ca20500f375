using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlayStationStore.Products.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Regions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_Prices",
                table: "Prices");

            migrationBuilder.DropPrimaryKey(
                name: "PK_PastPrices",
                table: "PastPrices");

            migrationBuilder.DropColumn(
                name: "Currency",
                table: "Prices");

            migrationBuilder.DropColumn(
                name: "Currency",
                table: "PastPrices");

            migrationBuilder.AddColumn<string>(
                name: "Region",
                table: "Prices",
                type: "TEXT",
                maxLength: 2,
                nullable: false,
                defaultValue: "us");

            migrationBuilder.AddColumn<string>(
                name: "Region",
                table: "PastPrices",
                type: "TEXT",
                maxLength: 2,
                nullable: false,
                defaultValue: "us");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Prices",
                table: "Prices",
                columns: new[] { "Sku", "Region" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_PastPrices",
                table: "PastPrices",
                columns: new[] { "Sku", "Region", "Until" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_Prices",
                table: "Prices");

            migrationBuilder.DropPrimaryKey(
                name: "PK_PastPrices",
                table: "PastPrices");

            migrationBuilder.DropColumn(
                name: "Region",
                table: "Prices");

            migrationBuilder.DropColumn(
                name: "Region",
                table: "PastPrices");

            migrationBuilder.AddColumn<string>(
                name: "Currency",
                table: "Prices",
                type: "TEXT",
                fixedLength: true,
                maxLength: 3,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Currency",
                table: "PastPrices",
                type: "TEXT",
                fixedLength: true,
                maxLength: 3,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Prices",
                table: "Prices",
                columns: new[] { "Sku", "Currency" });

            migrationBuilder.AddPrimaryKey(
                name: "PK_PastPrices",
                table: "PastPrices",
                columns: new[] { "Sku", "Currency", "Until" });
        }
    }
}
